package org.pipebridge.test.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.http.PathString;
import org.pipebridge.internal.AsyncChannel;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.Transport;
import org.pipebridge.server.exchange.Upgrading;
import org.pipebridge.test.Fault;
import org.pipebridge.test.ForwardingTransport;

/** One fault for each group of scenarios, which that group is there to find. */
final class Faults {

  static final Map<String, Fault> BY_GROUP =
      Map.of(
          "A", new LengthWithoutContent(),
          "B", new CallbacksFirstInFirstOut(),
          "C", new FailuresLookComplete(),
          "D", new PathsDecodedTwice(),
          "E", new ContentLost(),
          "F", new AbortIgnored(),
          "G", new FilesFromTheirBeginning(),
          "H", new FeaturesLeak());

  private Faults() {}

  /** Declares a length of 0 where there cannot be content. */
  private static final class LengthWithoutContent implements Fault {
    @Override
    public Transport on(Transport transport) {
      return new ForwardingTransport(transport) {
        @Override
        public void begin(int status, ResponseHeaders headers, long contentLength, boolean close)
            throws IOException {
          boolean none = status == 204 || status == 304 || isHead();
          long length = none && contentLength < 0 ? 0 : contentLength;
          good.begin(status, headers, length, close);
        }
      };
    }
  }

  /** Runs callbacks in the order in which they were registered. */
  private static final class CallbacksFirstInFirstOut implements Fault {
    @Override
    public FeatureCollection on(FeatureCollection features) {
      HttpResponseFeature good = features.require(HttpResponseFeature.class);
      features.set(HttpResponseFeature.class, new InOrder(good));
      return features;
    }
  }

  private static final class InOrder implements HttpResponseFeature {
    private final HttpResponseFeature good;
    private final List<AsyncCallback> starting = new ArrayList<>();

    InOrder(HttpResponseFeature good) {
      this.good = good;
      good.onStarting(
          () -> {
            while (!starting.isEmpty()) {
              Stages.await(starting.remove(0).run());
            }
            return Stages.completed();
          });
    }

    @Override
    public int status() {
      return good.status();
    }

    @Override
    public void setStatus(int status) {
      good.setStatus(status);
    }

    @Override
    public Headers headers() {
      return good.headers();
    }

    @Override
    public boolean hasStarted() {
      return good.hasStarted();
    }

    @Override
    public void onStarting(AsyncCallback callback) {
      good.onStarting(Stages::completed); // refuses what is to be refused
      starting.add(callback);
    }

    @Override
    public void onCompleted(AsyncCallback callback) {
      good.onCompleted(callback);
    }
  }

  /** Fills up what broke off, so that it looks like a whole answer. */
  private static final class FailuresLookComplete implements Fault {
    @Override
    public Transport on(Transport transport) {
      return new ForwardingTransport(transport) {
        private long missing;

        @Override
        public void begin(int status, ResponseHeaders headers, long contentLength, boolean close)
            throws IOException {
          missing = contentLength;
          good.begin(status, headers, contentLength, close);
        }

        @Override
        public void write(byte[] from, int offset, int count) throws IOException {
          missing -= count;
          good.write(from, offset, count);
        }

        @Override
        public void finished(Outcome outcome) {
          good.finished(outcome == Outcome.KILL && fillUp() ? Outcome.SENT : outcome);
        }

        private boolean fillUp() {
          try {
            if (missing > 0) {
              good.write(new byte[(int) missing], 0, (int) missing);
            }
            good.end();
            return true;
          } catch (IOException e) {
            return false;
          }
        }
      };
    }
  }

  /** Decodes a path that was decoded. */
  private static final class PathsDecodedTwice implements Fault {
    @Override
    public FeatureCollection on(FeatureCollection features) {
      HttpRequestFeature request = features.require(HttpRequestFeature.class);
      request.setPath(PathString.decode(request.path()));
      return features;
    }
  }

  /** Loses the last byte of a read. */
  private static final class ContentLost implements Fault {
    @Override
    public Transport on(Transport transport) {
      return new ForwardingTransport(transport) {
        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
          int read = good.read(into, offset, count);
          return read > 1 ? read - 1 : read;
        }
      };
    }
  }

  /** Goes on as if nobody had aborted anything. */
  private static final class AbortIgnored implements Fault {
    @Override
    public Transport on(Transport transport) {
      return new ForwardingTransport(transport) {
        @Override
        public void abort() {}

        @Override
        public void upgrade(Upgrading upgrading) {
          super.upgrade(new NeverClosed(upgrading));
        }
      };
    }
  }

  private record NeverClosed(Upgrading good) implements Upgrading {
    @Override
    public void opened(AsynchronousByteChannel connection, Executor executor) {
      good.opened(
          new AsyncChannel() {
            @Override
            public <A> void read(ByteBuffer into, A a, CompletionHandler<Integer, ? super A> done) {
              connection.read(into, a, done);
            }

            @Override
            public <A> void write(
                ByteBuffer from, A a, CompletionHandler<Integer, ? super A> done) {
              connection.write(from, a, done);
            }

            @Override
            public boolean isOpen() {
              return connection.isOpen();
            }

            @Override
            public void close() {}
          },
          executor);
    }

    @Override
    public void failed(Throwable cause) {
      good.failed(cause);
    }
  }

  /** Sends files from their beginning, wherever the range begins. */
  private static final class FilesFromTheirBeginning implements Fault {
    @Override
    public FeatureCollection on(FeatureCollection features) {
      HttpResponseBodyFeature good = features.require(HttpResponseBodyFeature.class);
      features.set(HttpResponseBodyFeature.class, new FromTheBeginning(good));
      return features;
    }
  }

  private record FromTheBeginning(HttpResponseBodyFeature good) implements HttpResponseBodyFeature {
    @Override
    public OutputStream stream() {
      return good.stream();
    }

    @Override
    public CompletionStage<Void> write(ByteBuffer from) {
      return good.write(from);
    }

    @Override
    public CompletionStage<Void> flush() {
      return good.flush();
    }

    @Override
    public CompletionStage<Void> start() {
      return good.start();
    }

    @Override
    public CompletionStage<Void> complete() {
      return good.complete();
    }

    @Override
    public void disableBuffering() {
      good.disableBuffering();
    }

    @Override
    public CompletionStage<Void> sendFile(Path file, long offset, long count) {
      return good.sendFile(file, 0, count);
    }
  }

  /** Lets the next request see the request feature that an application has set. */
  private static final class FeaturesLeak implements Fault {
    private volatile HttpRequestFeature leaked;

    @Override
    public FeatureCollection on(FeatureCollection features) {
      if (leaked != null) {
        features.set(HttpRequestFeature.class, leaked);
        leaked = null;
      }
      return new Leaking(features);
    }

    private final class Leaking implements FeatureCollection {
      private final FeatureCollection good;

      Leaking(FeatureCollection good) {
        this.good = good;
      }

      @Override
      public <T> T get(Class<T> type) {
        return good.get(type);
      }

      @Override
      public <T> void set(Class<T> type, T feature) {
        good.set(type, feature);
        if (feature instanceof HttpRequestFeature request) {
          leaked = request;
        }
      }

      @Override
      public int revision() {
        return good.revision();
      }

      @Override
      public boolean isReadOnly() {
        return good.isReadOnly();
      }

      @Override
      public Iterator<Map.Entry<Class<?>, Object>> iterator() {
        return good.iterator();
      }
    }
  }
}
