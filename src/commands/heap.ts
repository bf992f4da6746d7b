/**
 * The room that a server's objects get. V8 begins with 1 MiB for young ones, and what is made for a request then lives just long
 * enough to be taken for old: with 8 MiB a look-up that asks the CRM takes a sixth less of the processor (docs/performance.md).
 * The old generation is kept from doubling, which is how V8 buys itself fewer collections.
 */
const FLAGS = ["--min-semi-space-size=8", "--max-semi-space-size=8", "--heap-growing-percent=25"];

/**
 * glibc gives each thread a heap of its own and keeps what was freed there: 30 MiB, which V8's helpers and SQLite once needed. With
 * one heap, whose free end goes back to the system, they are gone (mallopt(3): M_ARENA_MAX, M_TRIM_THRESHOLD; what is larger than
 * M_MMAP_THRESHOLD would be mapped anew each time). Other allocators read none of it.
 */
const ALLOCATOR = { MALLOC_ARENA_MAX: "1", MALLOC_TRIM_THRESHOLD_: "131072", MALLOC_MMAP_THRESHOLD_: "4194304" };

/**
 * Begins again with these flags, as the same process: V8 takes the size of the young generation from its command line alone. An
 * operator who gave one, there or in NODE_OPTIONS, is left what they said.
 */
export function takeRoom(): void {
  const words = [...process.execArgv, process.env["NODE_OPTIONS"] ?? ""];
  if (words.some((word) => word.includes("semi-space-size"))) return;
  const again = [process.execPath, ...process.execArgv, ...FLAGS, ...process.argv.slice(1)];
  try {
    process.execve?.(process.execPath, again, { ...ALLOCATOR, ...process.env });
  } catch {
    // Windows cannot, and under Node's permissions it may not: then it serves with what V8 gives it.
  }
}
