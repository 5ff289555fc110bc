// @hocuspocus/server on loopback, without any extension: it keeps everything in memory.
import { Server } from "@hocuspocus/server";

const server = new Server({ address: "127.0.0.1", port: Number(process.env.PORT), quiet: true, stopOnSignals: true });
await server.listen();
