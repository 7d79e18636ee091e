import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import { Validator } from '@seriousme/openapi-schema-validator'
import { openapi } from '#api/integration/openapi/document'
import { callApi } from '#tests/support/api/client'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const described = () =>
  Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => METHODS.includes(method))
      .map((method) => `${method.toUpperCase()} ${path}`)
  )

const routed = () =>
  Object.values(router.toJSON())
    .flat()
    .filter(({ pattern }) => pattern.startsWith('/api/'))
    .flatMap(({ methods, pattern }) => {
      const path = pattern.replaceAll(/:(\w+)/g, '{$1}')
      return methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`)
    })

test.group('The API’s document', () => {
  test('is valid OpenAPI 3.1', async ({ assert }) => {
    const { valid, errors } = await new Validator().validate(structuredClone(openapi))
    assert.deepEqual(errors ?? [], [])
    assert.isTrue(valid)
  })

  test('describes every route and no other', ({ assert }) => {
    assert.isAbove(routed().length, 8)
    assert.sameMembers(described(), routed())
  })

  test('names each parameter of a path', ({ assert }) => {
    for (const [path, operations] of Object.entries(openapi.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      for (const { parameters = [] } of Object.values(operations) as Array<{ parameters?: any[] }>) {
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
        assert.sameMembers(named, inPath, path)
      }
    }
  })

  test('is served to everybody', async ({ assert }) => {
    const { status, body } = await callApi('GET', '/api/openapi.json')
    assert.equal(status, 200)
    assert.deepEqual(body, JSON.parse(JSON.stringify(openapi)))
  })
})
