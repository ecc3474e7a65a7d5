import { describe, expect, it } from 'vitest';
import { AesSealer } from '../shared/aes-sealer.js';
import { MASK, maskSecrets, sealSecrets } from './kept-secrets.js';

const sealer = new AesSealer('22'.repeat(32));

describe('Kept secrets', () => {
  const data = {
    smtpServer: { host: 'mail', password: 'one', auth: 'true' },
    identityProviders: [{ alias: 'google', config: { clientId: 'x', clientSecret: 'two' } }],
    components: { ldap: [{ config: { bindCredential: ['three'], vendor: ['ad'] } }] },
    webAuthnPolicyPasswordlessRpId: 'here',
    requiredCredentials: ['password'],
    vaulted: { password: '${vault.smtp}' },
  };

  it('are sealed wherever they stand, and nothing else is', () => {
    const sealed = sealSecrets(data, sealer, 'realm');
    const text = JSON.stringify(sealed);
    for (const secret of ['one', 'two', 'three']) expect(text).not.toContain(`"${secret}"`);
    expect(maskSecrets(sealed)).toEqual({
      ...data,
      smtpServer: { host: 'mail', password: MASK, auth: 'true' },
      identityProviders: [{ alias: 'google', config: { clientId: 'x', clientSecret: MASK } }],
      components: { ldap: [{ config: { bindCredential: [MASK], vendor: ['ad'] } }] },
    });
  });

  it('stay when a body brings the mask back', () => {
    const sealed = sealSecrets({ smtpServer: { password: 'one' } }, sealer, 'realm');
    expect(sealSecrets({ smtpServer: { host: 'new', password: MASK } }, sealer, 'realm', sealed)).toEqual({
      smtpServer: { host: 'new', ...(sealed['smtpServer'] as object) },
    });
  });
});
