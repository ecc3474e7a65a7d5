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
