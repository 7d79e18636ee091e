import type IntegrationEvent from '#staff/models/integration_event'

/** What is sent, and signed, byte for byte the same each time. */
export const webhookBody = ({ reference, name, createdAt, data }: IntegrationEvent) =>
  JSON.stringify({ id: reference, type: name, timestamp: new Date(createdAt).toISOString(), data })
