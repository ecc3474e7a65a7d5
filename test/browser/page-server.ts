import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PageRenderer } from '../../src/http/page-renderer.js';
import { Messages } from '../../src/http/messages.js';
import { assetHeaders, pageHeaders } from '../../src/http/security-headers.js';
import { SAMPLES } from './page-samples.js';

/** A running server of sample pages. */
export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves `/<locale>/<sample>` with the headers of real pages, and the stylesheet. */
export async function startPageServer(): Promise<PageServer> {
  const renderer = new PageRenderer(new Messages());
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === renderer.stylesheet.path) {
      response.writeHead(200, { ...assetHeaders(), 'content-type': renderer.stylesheet.contentType });
      response.end(renderer.stylesheet.body);
      return;
    }
    const [, locale = 'en', name] = pathname.split('/');
    const sample = SAMPLES.find((candidate) => candidate.name === name);
    const nonce = sample?.model.data.nonce;
    const headers = pageHeaders(typeof nonce === 'string' ? { scriptNonce: nonce } : {});
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' });
    response.end(sample ? renderer.render({ ...sample.model, locale }) : '<!doctype html><title>Elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}
