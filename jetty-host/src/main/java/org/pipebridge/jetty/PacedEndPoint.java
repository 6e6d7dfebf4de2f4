package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An end point whose client is watched for how fast it is, where a rate was set (L12). */
abstract class PacedEndPoint extends ForwardingEndPoint {

  private final MinDataRates rates;
  private volatile @Nullable ClientPace pace;

  PacedEndPoint(EndPoint inner, MinDataRates rates) {
    super(inner);
    this.rates = rates;
  }

  /** What watches how fast the client is, if that was ever wanted on this connection. */
  final @Nullable ClientPace existingPace() {
    return pace;
  }

  final ClientPace pace() {
    ClientPace made = pace;
    if (made == null) {
      made = new ClientPace();
      pace = made;
    }
    return made;
  }

  /** Watches a new request, by the rates of the server. */
  final void startPace() {
    if (!rates.equals(MinDataRates.NONE)) {
      pace().watch(rates);
    }
  }

  /** Lets the client take its time from now on. */
  final void stopPace() {
    ClientPace watching = pace;
    if (watching != null) {
      watching.stop();
    }
  }

  /** Notes that a request waits for content. */
  final void contentAwaited() {
    ClientPace watching = pace;
    if (watching != null) {
      watching.readWaits();
    }
  }

  /** Notes bytes that have come, or the end of them. */
  final void filled(int count) {
    ClientPace watching = pace;
    if (watching != null) {
      watching.filled(count);
    }
  }

  @Override
  public void write(Callback callback, ByteBuffer... buffers) {
    ClientPace watching = pace;
    super.write(watching == null ? callback : watching.during(callback, buffers), buffers);
  }

  /** Ends what waits for a client that is too slow. */
  final void checkPace(long now, Runnable abort) {
    ClientPace watching = pace;
    if (watching != null) {
      watching.check(now, getConnection(), abort);
    }
  }
}
