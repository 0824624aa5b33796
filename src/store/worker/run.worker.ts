import { serveRuns } from "./serve-runs.ts";

serveRuns(self);
