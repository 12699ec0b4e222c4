// Hocuspocus as it comes, without a database: `node hocuspocus.mjs PORT`.

import { Server } from "@hocuspocus/server";

await new Server({ address: "127.0.0.1", port: Number(process.argv[2]), quiet: true }).listen();
