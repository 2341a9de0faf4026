/** Loaded into the Node processes that Pulumi starts: writes every PATCH that they send to a file, one JSON text per line. */
const { subscribe } = require("node:diagnostics_channel");
const { appendFileSync } = require("node:fs");

subscribe("undici:request:bodyChunkSent", ({ request, chunk }) => {
  if (request.method !== "PATCH") return;
  appendFileSync(process.env.DEMO_PATCHES, `${JSON.stringify({ path: request.path, body: String(chunk) })}\n`);
});
