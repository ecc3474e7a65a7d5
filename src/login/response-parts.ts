/** What an authorization request asks for in one answer: the words of its `response_type`. */
export const responseParts = (responseType: string): readonly string[] =>
  responseType.split(' ').filter((part) => part !== '');

/** True for the implicit and the hybrid flow: tokens come with the answer itself (OpenID Connect Core sections 3.2 and 3.3). */
export const hasFrontTokens = (responseType: string): boolean =>
  responseParts(responseType).some((part) => part === 'token' || part === 'id_token');
