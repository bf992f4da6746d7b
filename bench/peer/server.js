/** The peer as a process of its own: its core with our connector for the bench CRM. */

const { createCoreApp, connectorRegistry } = require("@app-connect/core");
const connector = require("./connector.js");

const manifest = {
  serverUrl: process.env.APP_SERVER,
  author: { name: "Bench" },
  version: "1.0.0",
  platforms: { bench: { name: "bench", displayName: "Bench CRM", auth: { type: "apiKey" } } },
};
connectorRegistry.setDefaultManifest(manifest);
connectorRegistry.registerConnector("bench", connector, manifest);

const server = createCoreApp().listen(Number(process.env.PORT), "127.0.0.1");
process.once("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
