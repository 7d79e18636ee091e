import { prettyPrintError } from '@adonisjs/core'
import { redactError } from '#core/redaction'

/** Ends the process. What the operator can put right is said in a line each; anything else with its stack. */
export async function reportStartFailure(error: any): Promise<never> {
  const help = helpFor(error)
  if (help) console.error(help)
  else await prettyPrintError(redactError(error))
  process.exit(1)
}

function helpFor({ code, help, port, message }: any): string | null {
  switch (code) {
    case 'E_INVALID_ENV_VARIABLES':
      return `Kontora is not configured correctly and does not start. Put this right in .env or the environment:\n${help}`
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program: stop that one, or set PORT to a free port.`
    case 'E_CONFIGURATION':
      return message
    default:
      return null
  }
}
