import { Component, type ReactNode } from 'react'

import { ErrorState } from './ErrorState'

interface ErrorBoundaryProps {
  children: ReactNode
  /** Another value (the address, say) makes it try anew. */
  resetKey?: unknown
  /** In place of the usual words. */
  fallback?: (error: unknown, retry: () => void) => ReactNode
  onError?: (error: unknown) => void
}

/** Keeps what breaks in one region from taking the others along. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: { error: unknown } | null }> {
  override state = { broken: null as { error: unknown } | null }

  static getDerivedStateFromError(error: unknown) {
    return { broken: { error } }
  }

  override componentDidCatch(error: unknown) {
    this.props.onError?.(error)
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (this.state.broken && before.resetKey !== this.props.resetKey) this.retry()
  }

  retry = () => this.setState({ broken: null })

  override render() {
    const { broken } = this.state
    if (!broken) return this.props.children
    if (this.props.fallback) return this.props.fallback(broken.error, this.retry)
    return <ErrorState requestId={requestIdOf(broken.error)} onRetry={this.retry} />
  }
}

function requestIdOf(error: unknown): string | undefined {
  const id = typeof error === 'object' && error !== null && 'requestID' in error ? error.requestID : undefined
  return typeof id === 'string' && id ? id : undefined
}
