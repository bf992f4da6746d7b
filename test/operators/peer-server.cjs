/** An App Connect server as a process of its own: its core, with a connector of our tests. The core is found through NODE_PATH. */

const axios = require("axios");
const { connectorRegistry, createCoreApp } = require("@app-connect/core");
const connector = require("../app-connect/connectors/today/index.cjs");

// The core asks RingCentral itself who somebody is, whatever its environment says.
axios.interceptors.request.use((request) => {
  request.url = request.url?.replace("https://platform.ringcentral.com", process.env.RINGCENTRAL_SERVER);
  return request;
});

const today = { name: "today", displayName: "Today CRM", auth: { type: "apiKey" } };
const manifest = { author: { name: "Tests" }, version: "1.0.0", platforms: { today } };
connectorRegistry.setDefaultManifest(manifest);
connectorRegistry.registerConnector("today", connector, manifest);

const server = createCoreApp().listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`);
});
