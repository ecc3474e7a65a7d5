export declare function parseDockerfile(text: string): [name: string, rest: string][];
export declare function problemsOf(text: string): string[];
