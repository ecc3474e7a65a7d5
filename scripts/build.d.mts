/** Makes sure that dist/ is there and current. @throws Error when the build fails */
export function buildIfStale(): void;
/** Makes sure that the consoles in dist/ are there and current. @throws Error when the build fails */
export function buildConsolesIfStale(): void;
/** Builds everything anew. @throws Error when the build fails */
export function buildAll(): void;
