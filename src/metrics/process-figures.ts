/** Shows what the process uses: time on the processor, memory, open files. Under the names that dashboards for Node.js know. */

import { readdir, readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { Counter, Gauge, type Registry } from "prom-client";
import { setTotal } from "./total.ts";

/** Answers how to read them anew. */
export function showProcess(registry: Registry): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const started = gauge("process_start_time_seconds", "When the process was started, in seconds since 1970.");
  started.set(performance.timeOrigin / 1_000);
  const openFiles = gauge("process_open_fds", "Open file descriptors; Linux only.");
  const mostFiles = gauge("process_max_fds", "How many file descriptors may be open; Linux only.");
  for (const file of [openFiles, mostFiles]) file.remove();
  const refreshUse = processorAndMemory(registry);

  return async () => {
    refreshUse();
    const files = await fileDescriptors();
    if (files === undefined) return;
    openFiles.set(files.open);
    mostFiles.set(files.most);
  };
}

function processorAndMemory(registry: Registry): () => void {
  const registers = [registry];
  const seconds = (which: string, help: string) => {
    const name = `process_cpu_${which}seconds_total`;
    return new Counter({ name, help: `${help} in seconds.`, registers });
  };
  const bytes = (name: string, help: string) => new Gauge({ name, help: `${help} in bytes.`, registers });
  const [all, user, system] = [
    seconds("", "Time spent on the processor,"),
    seconds("user_", "Time spent in our own code and its libraries,"),
    seconds("system_", "Time that the operating system spent for us,"),
  ];
  const resident = bytes("process_resident_memory_bytes", "Memory that the process holds,");
  const heapTotal = bytes("nodejs_heap_size_total_bytes", "Size of the JavaScript heap,");
  const heapUsed = bytes("nodejs_heap_size_used_bytes", "Used part of the JavaScript heap,");
  const external = bytes("nodejs_external_memory_bytes", "Memory of buffers and of native objects,");

  return () => {
    const processor = process.cpuUsage();
    setTotal(user, processor.user / 1e6);
    setTotal(system, processor.system / 1e6);
    setTotal(all, (processor.user + processor.system) / 1e6);
    const memory = process.memoryUsage();
    resident.set(memory.rss);
    heapTotal.set(memory.heapTotal);
    heapUsed.set(memory.heapUsed);
    external.set(memory.external);
  };
}

/** Undefined where the operating system does not tell. */
async function fileDescriptors(): Promise<{ open: number; most: number } | undefined> {
  try {
    const [open, limits] = await Promise.all([readdir("/proc/self/fd"), readFile("/proc/self/limits", "utf8")]);
    const most = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    return most === undefined ? undefined : { open: open.length, most: Number(most) };
  } catch {
    return undefined;
  }
}
