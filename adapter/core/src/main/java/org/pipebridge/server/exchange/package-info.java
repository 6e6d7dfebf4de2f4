/**
 * The rules of one exchange, written once for all servers: start, callbacks, lengths, failure,
 * abort, end.
 *
 * <p>A server brings a {@link org.pipebridge.server.exchange.Transport} for each request and calls
 * {@link org.pipebridge.server.exchange.ExchangeRun#run()}. Not part of the public API yet.
 */
package org.pipebridge.server.exchange;
