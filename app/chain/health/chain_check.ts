import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { ChainStatusQuery, type ChainStatus } from '#chain/queries/chain_status_query'
import type { NodeStatus } from '#chain/rpc/chain_nodes'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'

/** Blocks that the listener may be behind. */
const SLOW_BLOCKS = 50
/** So long it may say nothing. */
const SILENT_MS = 60_000

/** Nodes answer, and the listener keeps up with them. */
@inject()
export class ChainCheck implements HealthCheck {
  readonly name = 'chain'
  readonly critical = false

  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private status: ChainStatusQuery
  ) {}

  async check(): Promise<HealthFinding> {
    const [nodes, status] = [await this.rpc.survey(), await this.status.run()]
    const good = nodes.filter(isGood)
    const details = {
      chain: this.chain.required.chainId,
      nodes: nodes.length,
      nodes_good: good.length,
      head: Math.max(0, ...good.map(({ head }) => head!)),
      read_up_to: status?.block ?? null,
      lag: status?.lag ?? null,
      problems: status?.problems ?? 0,
    }
    const foreign = nodes.find(({ foreignChainId }) => foreignChainId !== null)
    if (foreign) return finding('unhealthy', `${foreign.host} serves the chain ${foreign.foreignChainId}`, details)
    if (good.length === 0) return finding('unhealthy', 'no node answers', details)
    if (status?.stopped) return finding('unhealthy', `the listener has stopped: ${status.stopped}`, details)
    const trouble = troubleOf(nodes, status)
    return trouble ? finding('degraded', trouble, details) : { status: 'healthy', details }
  }
}

const isGood = ({ hasAnswered, head, isBehind, foreignChainId }: NodeStatus) =>
  hasAnswered && head !== null && !isBehind && foreignChainId === null

function troubleOf(nodes: NodeStatus[], status: ChainStatus | null): string | null {
  const bad = nodes.filter((node) => !isGood(node)).map(({ host }) => host)
  if (bad.length > 0) return `${bad.join(', ')} does not answer or is behind`
  if (!status) return 'nobody has read the chain yet'
  if (status.silentForMs > SILENT_MS) return 'nobody reads the chain'
  if (status.lag > SLOW_BLOCKS) return `the listener is ${status.lag} blocks behind`
  return status.problems > 0 ? `${status.problems} events could not take effect` : null
}

const finding = (status: HealthFinding['status'], message: string, details: HealthFinding['details']) => ({
  ...{ status, message, details },
})
