import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PublicUrl } from '../../http/public-url.js';
import { consoleHeaders } from '../../http/security-headers.js';
import type { ConsoleFiles, ConsoleName } from './console-files.js';

/** Where files of the consoles are, below the server. */
export const CONSOLE_FILES = 'resources/consoles';

/**
 * The page of a console: nothing but what loads its program, the same for everybody. The program reads from its own address which server
 * and which realm it belongs to, and signs the person in by itself.
 */
export class ConsolePage {
  constructor(
    private readonly files: ConsoleFiles,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** @throws UnavailableError `console_not_built` */
  send(reply: FastifyReply, name: ConsoleName): FastifyReply {
    const nonce = randomBytes(16).toString('base64url');
    const html = this.html(name, nonce);
    return reply.headers(consoleHeaders(nonce)).type('text/html; charset=utf-8').send(html);
  }

  private html(name: ConsoleName, nonce: string): string {
    const { script, imports, styles } = this.files.partsOf(name);
    const at = (file: string): string => `${this.publicUrl.pathPrefix}/${CONSOLE_FILES}/${file}`;
    return [
      '<!doctype html>',
      '<html lang="en">',
      '<head>',
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      '<meta name="color-scheme" content="light dark">',
      // Libraries that add a style element give it this nonce.
      `<meta property="csp-nonce" nonce="${nonce}" content="${nonce}">`,
      '<title>Sluice</title>',
      '<link rel="icon" href="data:,">',
      ...styles.map((file) => `<link rel="stylesheet" href="${at(file)}">`),
      ...imports.map((file) => `<link rel="modulepreload" href="${at(file)}">`),
      `<script type="module" src="${at(script)}"></script>`,
      '</head>',
      '<body>',
      '<div id="root"></div>',
      '<noscript>This console needs JavaScript. Everything it does can also be done over the HTTP API.</noscript>',
      '</body>',
      '</html>',
      '',
    ].join('\n');
  }
}
