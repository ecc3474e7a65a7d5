/** A page for a hidden frame: one script and nothing to see. The nonce is the one of its Content-Security-Policy. */
export const framePage = (title: string, script: string, nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
</head>
<body>
<script nonce="${nonce}">
${script}
</script>
</body>
</html>
`;
