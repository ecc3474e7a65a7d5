const LINE = 64;

/** A key or certificate as a file of text (RFC 7468). @param base64 without line breaks */
export function pemOf(label: string, base64: string): string {
  const lines = base64.match(new RegExp(`.{1,${String(LINE)}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
