/** A whole App Connect project: it registers its connectors with the core instead of exporting them. */

const { connectorRegistry, createCoreApp } = require("@app-connect/core");
const before = require("../before/index.cjs");
const manifest = require("../before/manifest.json");

connectorRegistry.setDefaultManifest(manifest);
connectorRegistry.registerConnector("before", before);
connectorRegistry.registerConnectorInterface("before", "getUserList", async () => [{ id: 7, name: "Kim" }]);

const app = createCoreApp();
app.get("/", (_request, response) => response.send("OK"));
exports.app = app;
