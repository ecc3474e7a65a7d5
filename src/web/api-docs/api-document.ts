import { readFileSync } from 'node:fs';
import { Eta } from 'eta';
import type { PublicUrl } from '../../http/public-url.js';
import { ApiPage, type OpenApi } from './api-page.js';

const read = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

/**
 * The OpenAPI document, which `npm run docs` writes from the code, and the page made from it. Nothing is read or made before somebody
 * asks for it, and then once.
 */
export class ApiDocument {
  private jsonText: string | undefined;
  private pageText: string | undefined;
  private styleText: string | undefined;

  constructor(private readonly publicUrl: PublicUrl) {}

  /** The document, with where this server lives as its base. */
  get json(): string {
    const base = JSON.stringify(this.publicUrl.pathPrefix || '/');
    return (this.jsonText ??= read('openapi.json').replace('"servers": [{"url":"/"}]', `"servers": [{"url":${base}}]`));
  }

  /** The page as an HTML document. */
  get page(): string {
    return (this.pageText ??= new Eta({ autoEscape: true, useWith: false }).renderString(read('page.eta'), {
      page: new ApiPage(JSON.parse(this.json) as OpenApi, `${this.publicUrl.pathPrefix}/docs/api`),
    }));
  }

  get stylesheet(): string {
    return (this.styleText ??= read('style.css'));
  }
}
