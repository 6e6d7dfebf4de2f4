package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AuthenticationFeature;
import org.pipebridge.feature.FormFallbackFeature;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.feature.HttpMinDataRateFeature;
import org.pipebridge.feature.HttpReasonPhraseFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpRequestTrailersFeature;
import org.pipebridge.feature.HttpResetFeature;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.feature.HttpStreamIdFeature;
import org.pipebridge.feature.SessionFeature;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.internal.Waiting;
import org.pipebridge.server.exchange.Exchange;

/** The features of a servlet request that are the adapter's own, each made when it is asked for. */
final class ServletFeatures implements HttpServletFeature {

  static final List<Class<?>> TYPES =
      List.of(
          HttpRequestFeature.class,
          HttpConnectionFeature.class,
          AuthenticationFeature.class,
          SessionFeature.class,
          FormFallbackFeature.class,
          TlsConnectionFeature.class,
          TlsHandshakeFeature.class,
          HttpReasonPhraseFeature.class,
          HttpMinDataRateFeature.class,
          HttpRequestTrailersFeature.class,
          HttpResponseTrailersFeature.class,
          HttpEarlyHintsFeature.class,
          HttpStreamIdFeature.class,
          HttpResetFeature.class,
          HttpServletFeature.class,
          ServletDispatchFeature.class);

  private final ServletTransport transport;
  private @Nullable ServletRequestFeature line;
  private @Nullable ServletConnectionFeature connection;
  private @Nullable ServletAuthenticationFeature authentication;
  private @Nullable ServletSessionFeature session;
  private @Nullable ServletTlsFeature tls;
  private @Nullable ServletDispatch dispatch;
  private @Nullable ContainerForm form;
  private @Nullable ServletExtras extras;
  private @Nullable ServletStreamFeature stream;

  ServletFeatures(ServletTransport transport) {
    this.transport = transport;
  }

  <T> @Nullable T get(Class<T> type) {
    return type.cast(find(type));
  }

  /** Keeps what can be asked for when the container has let go of the request (U8). */
  void keep() {
    line().keep();
    connection();
    authentication();
    session().keep();
    dispatch();
    if (transport.request().isSecure()) {
      tls();
    }
  }

  /** Keeps the headers as they are now, since trailers are about to be added to them (T2). */
  void keepHeaders() {
    line().keepHeaders();
  }

  private void checkNative() {
    exchange().checkAlive();
    if (transport.isTurnedOver()) {
      throw new IllegalStateException(
          "the request was upgraded; the container uses its objects for other requests");
    }
  }

  @Override
  public HttpServletRequest request() {
    checkNative();
    return transport.request();
  }

  @Override
  public HttpServletResponse response() {
    checkNative();
    return transport.response();
  }

  private @Nullable Object find(Class<?> type) {
    if (type == HttpRequestFeature.class) {
      return line();
    } else if (type == HttpConnectionFeature.class) {
      return connection();
    } else if (type == HttpServletFeature.class) {
      return this;
    } else if (type == ServletTransport.class) {
      return transport; // for the adapter's own parts of a pipeline; nobody else can name it
    } else if (type == FormFallbackFeature.class) {
      return transport.isTurnedOver() ? null : form();
    } else if (type == Waiting.class) {
      return transport.inFilter() ? transport.ending() : null;
    } else if (type == ServletDispatchFeature.class) {
      return dispatch();
    } else if (type == AuthenticationFeature.class) {
      return authentication();
    } else if (type == SessionFeature.class) {
      return session();
    } else if (type == TlsConnectionFeature.class || type == TlsHandshakeFeature.class) {
      return tls != null || isOverTls() ? tls() : null;
    } else if (type == HttpStreamIdFeature.class) {
      return stream();
    } else if (type == HttpResetFeature.class) {
      return transport.server().canResetStreams() ? stream() : null;
    } else if (ServletExtras.TYPES.contains(type)) {
      return extras().find(type);
    }
    return null;
  }

  private boolean isOverTls() {
    return !transport.isTurnedOver() && transport.server().isOverTls(transport.request());
  }

  /** The error code that the application resets the stream with, if it does (F41). */
  long errorCode() {
    return stream == null ? ServletStreamFeature.NONE : stream.errorCode();
  }

  private Exchange exchange() {
    return transport.exchange();
  }

  private ServletRequestFeature line() {
    if (line == null) {
      line = new ServletRequestFeature(transport);
    }
    return line;
  }

  private ServletConnectionFeature connection() {
    if (connection == null) {
      connection = new ServletConnectionFeature(transport.request(), exchange());
    }
    return connection;
  }

  private ServletAuthenticationFeature authentication() {
    if (authentication == null) {
      authentication = new ServletAuthenticationFeature(transport.request(), exchange());
    }
    return authentication;
  }

  private ServletSessionFeature session() {
    if (session == null) {
      session = new ServletSessionFeature(transport.request(), exchange());
    }
    return session;
  }

  private ServletTlsFeature tls() {
    if (tls == null) {
      tls = new ServletTlsFeature(transport);
    }
    return tls;
  }

  private @Nullable ServletStreamFeature stream() {
    if (stream == null) {
      stream = ServletStreamFeature.of(transport);
    }
    return stream;
  }

  private ServletDispatch dispatch() {
    if (dispatch == null) {
      dispatch = ServletDispatch.of(transport.request());
    }
    return dispatch;
  }

  ServletExtras extras() {
    if (extras == null) {
      extras = new ServletExtras(transport);
    }
    return extras;
  }

  /** What goes beside status, headers and content, if somebody has asked for it. */
  @Nullable ServletExtras existingExtras() {
    return extras;
  }

  private ContainerForm form() {
    if (form == null) {
      form = new ContainerForm(transport.request(), exchange());
    }
    return form;
  }
}
