import { createRequire } from 'node:module'
import { openapi } from '#api/integration/openapi/document'

/** The validator's own: the application has an older one. */
const require = createRequire(import.meta.resolve('@seriousme/openapi-schema-validator'))
const { default: Ajv } = require('ajv/dist/2020.js')
const { default: addFormats } = require('ajv-formats')

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema({ $id: 'openapi', components: openapi.components })

/** What an answer has otherwise than `/api/openapi.json` says; undocumented fields count as well. */
export function differencesFromDocument(method: string, path: string, status: number, body: unknown): string[] {
  const operation = (openapi.paths as any)[path]?.[method.toLowerCase()]
  const answer = operation?.responses[status]
  if (!answer) return [`${method} ${path} says nothing of ${status}`]
  const [{ schema }] = Object.values<any>(answer.content)
  return differences(schema, body)
}

/** What a webhook tells otherwise than the document says. */
export const differencesFromSchema = (name: keyof typeof openapi.components.schemas, body: unknown) =>
  differences({ $ref: `#/components/schemas/${name}` }, body)

function differences(schema: object, body: unknown): string[] {
  const text = JSON.stringify({ ...schema, unevaluatedProperties: false }).replaceAll('#/', 'openapi#/')
  const validate = ajv.compile(JSON.parse(text))
  return validate(body) ? [] : validate.errors.map(({ instancePath, message }: any) => `${instancePath} ${message}`)
}
