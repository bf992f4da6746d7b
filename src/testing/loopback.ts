/** Listening where only this machine can call. */

import type { Server } from "node:net";

/** Port 0 takes any free one; answers the origin. */
export function listenOnLoopback(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("The server listens on no port."));
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}
