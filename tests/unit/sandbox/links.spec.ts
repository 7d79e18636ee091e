import { test } from '@japa/runner'
import { checkLink } from '#sandbox/entities/links'

test.group('Sandbox | Links', () => {
  test('{link} is kept as {kept}')
    .with([
      { link: 'example.org', kept: 'http://example.org/' },
      { link: 'HTTPS://Example.ORG', kept: 'https://example.org/' },
      { link: 'https://example.org?a=b c', kept: 'https://example.org/?a=b%20c' },
      { link: 'https://u:p@e.org:8080/x#y', kept: 'https://u:p@e.org:8080/x#y' },
      { link: 'http://127.0.0.1:3333/pay/1', kept: 'http://127.0.0.1:3333/pay/1' },
      { link: 'tg://resolve?domain=kontora', kept: 'tg://resolve?domain=kontora' },
      { link: 'https://приклад.укр/шлях', kept: 'https://приклад.укр/шлях' },
    ])
    .run(({ assert }, { link, kept }) => {
      assert.equal(checkLink(link), kept)
    })

  test('{link} is refused: {error}')
    .with([
      { link: 'http://localhost/', error: 'Wrong HTTP URL' },
      { link: 'ftp://example.org', error: 'Unsupported URL protocol' },
      { link: 'javascript:alert(1)', error: 'Wrong port number specified in the URL' },
      { link: 'https://', error: 'URL host is empty' },
      { link: 'https://exa mple.org', error: 'Disallowed character in URL host' },
      { link: 'https://e.org:99999/', error: 'Wrong port number specified in the URL' },
      { link: 'https://%zz.org', error: 'Wrong percent-encoded symbol in URL host' },
      { link: 'tg://user:1', error: 'Wrong tg URL' },
      { link: 'https://[::zz]/', error: 'Wrong IPv6 address specified in the URL' },
    ])
    .run(({ assert }, { link, error }) => {
      assert.throws(() => checkLink(link), error)
    })
})
