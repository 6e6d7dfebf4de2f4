package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.feature.HttpResetFeature;
import org.pipebridge.feature.HttpStreamIdFeature;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.ServerOptions;

/** The features on servlet objects that answer nothing but what a test lists. */
final class ServletFeaturesTest {

  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final Stub request =
      new Stub()
          .returns("getMethod", "GET")
          .returns("getProtocol", "HTTP/1.1")
          .returns("getDispatcherType", DispatcherType.REQUEST)
          .returns("getRequestURI", "/path")
          .returns("getQueryString", "a=1")
          .returns("getHeader", null) // a stream of HTTP/2 is asked whether it takes trailers (T5)
          .answers("getAttribute", arguments -> attributes.get(arguments[0]));
  private final Stub response =
      new Stub()
          .returns("isCommitted", false)
          .returns("setStatus", null)
          .returns("setContentLengthLong", null)
          .returns("getOutputStream", new DiscardingOutput());

  @Test
  void f20_protocolSchemeAndTargetAreTheContainers() throws Exception {
    request.returns("getProtocol", "HTTP/2.0").returns("getScheme", "https");
    serve(
        context -> {
          assertThat(context.request().protocol()).isEqualTo("HTTP/2");
          assertThat(context.request().scheme()).isEqualTo("https");
          assertThat(context.request().rawTarget()).isEqualTo("/path?a=1");
          assertThat(context.request().queryString()).isEqualTo("?a=1");
          context.request().setScheme("http");
          assertThat(context.request().scheme()).isEqualTo("http");
        });
  }

  @Test
  void f42_aStreamHasTheNumberThatTheContainerShows() throws Exception {
    request.returns("getProtocol", "HTTP/2.0").returns("getProtocolRequestId", "7");
    serve(
        context -> {
          FeatureCollection features = context.features();
          assertThat(features.require(HttpStreamIdFeature.class).streamId()).isEqualTo(7);
          assertThat(features.get(HttpResetFeature.class)).isNull(); // the servlet API cannot (F8)
        });
    for (String other : List.of("", "2")) { // those of clients are odd
      request.returns("getProtocolRequestId", other);
      serve(context -> assertThat(context.features().get(HttpStreamIdFeature.class)).isNull());
    }
    request.returns("getProtocol", "HTTP/1.1");
    serve(context -> assertThat(context.features().get(HttpStreamIdFeature.class)).isNull());
  }

  @Test
  void c5_theAuthorityOfHttp2IsTheHost() throws Exception {
    request
        .returns("getProtocol", "HTTP/2.0")
        .answers("getHeader", arguments -> null)
        .answers("getHeaders", arguments -> Collections.emptyEnumeration())
        .answers("getHeaderNames", arguments -> Collections.emptyEnumeration())
        .returns("getServerName", "::1")
        .returns("getServerPort", 8443)
        .returns("isSecure", true);
    serve(
        context -> {
          assertThat(context.request().host().value()).isEqualTo("[::1]:8443");
          assertThat(context.request().headers().values("host")).containsExactly("[::1]:8443");
          assertThat(context.request().headers().names()).containsExactly("Host");
          assertThat(context.request().headers().first("Accept")).isNull();
        });
    request.returns("getServerName", "shop.example").returns("getServerPort", 443);
    serve(context -> assertThat(context.request().host().value()).isEqualTo("shop.example"));
  }

  @Test
  void f26_noNameIsLookedUp() throws Exception {
    request
        .returns("getServletConnection", connection())
        .returns("getRemoteAddr", "client.example")
        .returns("getRemotePort", 4711)
        .returns("getLocalAddr", "::1")
        .returns("getLocalPort", -1);
    serve(
        context -> {
          HttpConnectionFeature connection =
              context.features().require(HttpConnectionFeature.class);
          assertThat(connection.remoteAddress()).isNull();
          assertThat(connection.remotePort()).isEqualTo(4711);
          assertThat(connection.localAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
          assertThat(connection.localPort()).isZero();
          assertThat(connection.connectionId()).isEqualTo("c1");
        });
  }

  @Test
  void f35_theUserIsTheContainersUntilItIsSet() throws Exception {
    Principal ann = () -> "ann";
    request.returns("getUserPrincipal", ann);
    serve(
        context -> {
          assertThat(context.user()).isSameAs(ann);
          Principal bob = () -> "bob";
          context.setUser(bob);
          assertThat(context.user()).isSameAs(bob);
        });
  }

  @Test
  void f36_aSessionIsCreatedByItsFirstWrite() throws Exception {
    Map<String, Object> values = new LinkedHashMap<>();
    AtomicReference<Object> present = new AtomicReference<>();
    HttpSession session =
        new Stub()
            .returns("getId", "s1")
            .returns("isNew", true)
            .answers("getAttribute", arguments -> values.get(arguments[0]))
            .answers("setAttribute", arguments -> values.put((String) arguments[0], arguments[1]))
            .answers("removeAttribute", arguments -> values.remove(arguments[0]))
            .answers("getAttributeNames", arguments -> Collections.enumeration(values.keySet()))
            .answers("invalidate", arguments -> present.getAndSet(null))
            .as(HttpSession.class);
    request.answers(
        "getSession",
        arguments -> {
          if ((boolean) arguments[0]) {
            present.set(session);
          }
          return present.get();
        });
    serve(
        context -> {
          assertThat(context.session().get("a")).isNull();
          assertThat(context.session().id()).isEmpty();
          context.session().remove("a");
          context.session().invalidate();
          assertThat(context.session().names()).isEmpty();
          assertThat(present).hasNullValue();
          context.session().set("a", 1);
          assertThat(context.session().id()).isEqualTo("s1");
          assertThat(context.session().get("a")).isEqualTo(1);
          assertThat(context.session().names()).containsExactly("a");
          context.session().invalidate();
          context.response().write("x");
          assertThatThrownBy(() -> context.session().set("b", 2))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("before the response has started");
        });
  }

  @Test
  void f43_tlsIsThereOnHttpsOnly() throws Exception {
    request.returns("isSecure", false);
    serve(context -> assertThat(context.features().get(TlsConnectionFeature.class)).isNull());
  }

  @Test
  void f44_theHandshakeIsWhatTheContainerTells() throws Exception {
    request.returns("isSecure", true);
    attributes.put("jakarta.servlet.request.cipher_suite", "TLS_AES_128_GCM_SHA256");
    attributes.put("jakarta.servlet.request.key_size", 128);
    serve(
        context -> {
          TlsHandshakeFeature tls = context.features().require(TlsHandshakeFeature.class);
          assertThat(tls.cipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
          assertThat(tls.keySize()).isEqualTo(128);
          assertThat(tls.protocol()).isNull();
          assertThat(
                  context.features().require(TlsConnectionFeature.class).clientCertificateChain())
              .isEmpty();
        });
  }

  @Test
  void f50_theObjectsAreThoseThatTheServletReceived() throws Exception {
    HttpServletRequest given = request.as(HttpServletRequest.class);
    HttpServletResponse answer = response.as(HttpServletResponse.class);
    AtomicReference<HttpServletFeature> kept = new AtomicReference<>();
    serve(
        given,
        answer,
        context -> {
          HttpServletFeature feature = context.features().require(HttpServletFeature.class);
          kept.set(feature);
          assertThat(feature.request() == given).isTrue();
          assertThat(feature.response() == answer).isTrue();
        });
    assertThatThrownBy(() -> kept.get().request()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void f51_anErrorDispatchTellsItsCause() throws Exception {
    RuntimeException cause = new UnsupportedOperationException();
    request.returns("getDispatcherType", DispatcherType.ERROR);
    attributes.put(RequestDispatcher.ERROR_REQUEST_URI, "/broken");
    attributes.put(RequestDispatcher.ERROR_STATUS_CODE, 503);
    attributes.put(RequestDispatcher.ERROR_EXCEPTION, cause);
    response.returns("getStatus", 503);
    serve(
        context -> {
          ServletDispatchFeature dispatch =
              context.features().require(ServletDispatchFeature.class);
          assertThat(dispatch.type()).isEqualTo(DispatcherType.ERROR);
          assertThat(dispatch.originalUri()).isEqualTo("/broken");
          assertThat(dispatch.errorStatus()).isEqualTo(503);
          assertThat(dispatch.error()).isSameAs(cause);
        });
  }

  @Test
  void w6_anEmptyPipelineTouchesNothingButStatusLengthAndStream() throws Exception {
    serve(context -> {});
    assertThat(response.calls())
        .containsExactly("setStatus[200]", "setContentLengthLong[0]", "getOutputStream[]");
    assertThat(request.calls())
        .allMatch(call -> call.startsWith("get"))
        .noneMatch(call -> call.startsWith("getParameter"))
        .noneMatch(call -> call.startsWith("getInputStream"));
  }

  @Test
  void w14_whatAFilterWrappedIsWhatIsReadAndWritten() throws Exception {
    HttpServletRequest wrapped =
        new HttpServletRequestWrapper(request.as(HttpServletRequest.class)) {
          @Override
          public String getHeader(String name) {
            return "from the wrapper";
          }
        };
    List<Integer> statuses = new ArrayList<>();
    HttpServletResponse answer =
        new HttpServletResponseWrapper(response.as(HttpServletResponse.class)) {
          @Override
          public void setStatus(int status) {
            statuses.add(status);
          }
        };
    serve(
        wrapped,
        answer,
        context ->
            assertThat(context.request().headers().first("X")).isEqualTo("from the wrapper"));
    assertThat(statuses).containsExactly(200);
    assertThat(response.calls()).noneMatch(call -> call.startsWith("setStatus"));
  }

  @Test
  void v9_noConnectionHeaderIsSetOnHttp2() throws Exception {
    request.returns("getProtocol", "HTTP/2.0");
    serve(context -> context.response().headers().set("Connection", "close"));
    assertThat(response.calls()).noneMatch(call -> call.startsWith("setHeader"));
  }

  @Test
  void q8_forwardedHeadersAreHeadersAndNothingElse() throws Exception {
    request.returns("getScheme", "http").returns("getHeader", "https");
    serve(
        context -> {
          assertThat(context.request().headers().first("X-Forwarded-Proto")).isEqualTo("https");
          assertThat(context.request().scheme()).isEqualTo("http");
        });
  }

  @Test
  void l6_eachRequestBeginsWithTheServersLimit() throws Exception {
    ServletServer server = new ServletServer(new ServerOptions(OptionalLong.of(7), true));
    start(
        server,
        context -> {
          HttpMaxRequestBodySizeFeature limit =
              context.features().require(HttpMaxRequestBodySizeFeature.class);
          assertThat(limit.maxRequestBodySize()).hasValue(7);
          limit.setMaxRequestBodySize(OptionalLong.of(1));
        });
    for (int i = 0; i < 2; i++) {
      server.service(
          request.as(HttpServletRequest.class), response.as(HttpServletResponse.class), null);
    }
  }

  private void serve(Handler handler) throws Exception {
    serve(request.as(HttpServletRequest.class), response.as(HttpServletResponse.class), handler);
  }

  private void serve(HttpServletRequest given, HttpServletResponse answer, Handler handler)
      throws Exception {
    ServletServer server = new ServletServer();
    start(server, handler);
    server.service(given, answer, null);
  }

  /** Runs a handler in which a failed assertion, an Error, comes back to the test (R16). */
  private static void start(ServletServer server, Handler handler) {
    ApplicationBuilder app = new ApplicationBuilder();
    app.run(handler);
    server.start(new QuietApplication(new PipelineApplication(app.build())));
  }

  private static ServletConnection connection() {
    return new Stub().returns("getConnectionId", "c1").as(ServletConnection.class);
  }

  /** Leaves the log alone: what fails here fails the test. */
  private record QuietApplication(PipelineApplication inner)
      implements HttpApplication<HttpContext> {

    @Override
    public HttpContext createContext(FeatureCollection features) {
      return inner.createContext(features);
    }

    @Override
    public CompletionStage<Void> process(HttpContext context) throws Exception {
      return inner.process(context);
    }

    @Override
    public void disposeContext(HttpContext context, Throwable failure) {}
  }
}
