/** Makes sure that dist/ is there and current. @throws Error when the build fails */
export function buildIfStale(): void;
