import { parse as parseQuery } from 'node:querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type Done = (error: Error | null, body?: unknown) => void;

/** A JSON body that nobody has read yet. */
export class JsonText {
  constructor(
    readonly text: string,
    private readonly parse: (text: string) => unknown,
  ) {}

  /** The value; undefined for an empty body, which several clients send with the JSON content type. @throws SyntaxError */
  read(): unknown {
    return this.text.trim() === '' ? undefined : this.parse(this.text);
  }
}

/** A form with files that nobody has read yet. */
export class FilesForm {
  constructor(
    private readonly contentType: string,
    private readonly bytes: Buffer,
  ) {}

  /** The parts by name. Rejects with a TypeError when they are not what the content type says. */
  async read(): Promise<ReadonlyMap<string, Buffer>> {
    const body = new Response(new Uint8Array(this.bytes), { headers: { 'content-type': this.contentType } });
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- for bodies without end; this one is bounded, and here already
    const form = await body.formData();
    const parts = new Map<string, Buffer>();
    for (const [name, part] of form)
      parts.set(name, typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer()));
    return parts;
  }
}

/** Forms come from anybody: the largest holds a token or two, and reading many fields costs more than sending them. */
const FORM_LIMITS = { bytes: 256 * 1024, fields: 1000 };

/** A body of a type that no parser takes. Whoever wanted a body says so (415); who wanted none does not care. */
class UnreadBody {
  constructor(readonly contentType: string) {}
}

/**
 * Leaves JSON bodies as text: an API reads them once the caller is known and may do what is asked, and then with the representation
 * that belongs there, so that errors come in the API's own shape and can name a place in the text. Reading is Fastify's own parser,
 * so that its guard against `__proto__` stays.
 */
export function keepJsonText(fastify: FastifyInstance): void {
  const fastifyParse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done: Done) => {
    const parse = (text: string): unknown => {
      let read: { error: Error | null; value?: unknown } = { error: new SyntaxError('The JSON was not read') };
      // It calls back before it returns.
      void fastifyParse(request, text, (error, value) => (read = { error, value }));
      if (read.error) throw read.error;
      return read.value;
    };
    done(null, new JsonText(body, parse));
  });
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (request: FastifyRequest, _body: string, done: Done) => {
    done(null, new UnreadBody(request.headers['content-type'] ?? ''));
  });
}

/** Leaves forms with files as bytes, up to the size of other bodies. */
export function keepFilesForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done: Done) => {
      done(null, new FilesForm(request.headers['content-type'] ?? '', body));
    },
  );
}

/** Reads forms up to a size and a number of fields (the rest is left out); a field sent twice is a list. Larger ones are refused with 413. */
export function readSmallForms(fastify: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded';
  fastify.removeContentTypeParser(type);
  fastify.addContentTypeParser(
    type,
    { parseAs: 'string', bodyLimit: FORM_LIMITS.bytes },
    (_request: FastifyRequest, body: string, done: Done) => {
      done(null, { ...parseQuery(body, '&', '=', { maxKeys: FORM_LIMITS.fields }) });
    },
  );
}
