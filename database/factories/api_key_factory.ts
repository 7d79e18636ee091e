import factory from '@adonisjs/lucid/factories'
import ApiKey from '#staff/models/api_key'
import { API_SCOPES } from '#staff/api_keys/scopes'

/** With every scope, from anywhere, without a webhook. Its token is nowhere: make a key by the action to use one. */
export const ApiKeyFactory = factory
  .define(ApiKey, ({ faker }) => ({
    name: faker.company.name().slice(0, 80),
    prefix: `kontora_${faker.string.alphanumeric(8)}`,
    tokenHash: faker.string.hexadecimal({ length: 64, casing: 'lower', prefix: '' }),
    scopes: [...API_SCOPES],
    allowedIps: [],
    webhookEvents: [],
    createdByName: 'Olena',
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_000,
  }))
  .build()
