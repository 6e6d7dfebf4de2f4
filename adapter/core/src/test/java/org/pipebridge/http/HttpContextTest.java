package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.AuthenticationFeature;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpRequestIdentifierFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.ItemsFeature;
import org.pipebridge.feature.Session;
import org.pipebridge.feature.SessionFeature;

final class HttpContextTest {

  private static final Set<String> USABLE_AFTER_THE_END = Set.of("abort", "isAborted", "aborted");

  private final ThreeFeatures server = new ThreeFeatures();
  private final HttpContext context = server.context;

  @Test
  void c1_twoContextsOverOneCollectionAgree() {
    HttpContext other = new HttpContext(server.features);

    context.items().put("a", 1);
    context.request().setPath("/x");
    context.response().setStatus(201);

    assertThat(other.items()).containsEntry("a", 1);
    assertThat(other.request().path()).isEqualTo("/x");
    assertThat(other.response().status()).isEqualTo(201);
    assertThat(other.traceIdentifier()).isEqualTo(context.traceIdentifier());
    assertThat(other.features()).isSameAs(context.features());
  }

  @Test
  void c1_nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new HttpContext(null))
        .withMessageContaining("features");
  }

  @Test
  void c2_requestAndResponseAreTheSameObjectEachTime() {
    assertThat(context.request()).isSameAs(context.request());
    assertThat(context.response()).isSameAs(context.response());
  }

  @Test
  void c2_membersWithoutADefaultThrow() {
    HttpContext empty = new HttpContext(new FeatureMap());

    assertThatIllegalStateException()
        .isThrownBy(() -> empty.request().path())
        .withMessageContaining(HttpRequestFeature.class.getName());
    assertThatIllegalStateException().isThrownBy(() -> empty.response().status());
    assertThatIllegalStateException().isThrownBy(() -> empty.response().body());
  }

  @Test
  void c3_userIsNullUntilSet() {
    Principal user = () -> "ann";

    assertThat(context.user()).isNull();
    context.setUser(user);

    assertThat(context.user()).isSameAs(user);
    assertThat(server.features.require(AuthenticationFeature.class).user()).isSameAs(user);
  }

  @Test
  void c3_sessionWithoutItsFeatureThrows() {
    assertThatIllegalStateException()
        .isThrownBy(context::session)
        .withMessageContaining(SessionFeature.class.getName());
  }

  @Test
  void c3_sessionIsThatOfItsFeature() {
    server.features.set(SessionFeature.class, () -> NO_SESSION);

    assertThat(context.session()).isSameAs(NO_SESSION);
  }

  @Test
  void f9_aReplacedFeatureShowsAtOnceInViewsAndDefaults() {
    context.request().setQueryString("?a=1");
    assertThat(context.request().query().first("a")).isEqualTo("1");
    ThreeFeatures.PlainRequest replacement = new ThreeFeatures.PlainRequest();
    replacement.setQueryString("?a=2");

    server.features.set(HttpRequestFeature.class, replacement);

    assertThat(context.request().queryString()).isEqualTo("?a=2");
    assertThat(context.request().query().first("a")).isEqualTo("2");
  }

  @Test
  void f10_defaultsAreStoredAndRaiseTheRevision() {
    int revision = server.features.revision();

    HttpConnectionFeature connection = context.connection();

    assertThat(server.features.get(HttpConnectionFeature.class)).isSameAs(connection);
    assertThat(context.connection()).isSameAs(connection);
    assertThat(server.features.revision()).isGreaterThan(revision);
  }

  @Test
  void f24_withoutAServersLifetimeAbortIsSeen() {
    CompletionStage<Void> aborted = context.aborted();
    assertThat(context.isAborted()).isFalse();

    context.abort();
    context.abort();

    assertThat(context.isAborted()).isTrue();
    assertThat(aborted.toCompletableFuture()).isCompleted();
    assertThat(server.features.get(HttpRequestLifetimeFeature.class)).isNotNull();
  }

  @Test
  void f25_theIdentifierIsStableUntilSetToNull() {
    String first = context.traceIdentifier();
    assertThat(context.traceIdentifier()).isEqualTo(first).isNotEmpty();

    context.setTraceIdentifier("mine");
    assertThat(context.traceIdentifier()).isEqualTo("mine");

    context.setTraceIdentifier(null);
    assertThat(context.traceIdentifier()).isNotEqualTo("mine").isNotEqualTo(first);
    assertThat(server.features.require(HttpRequestIdentifierFeature.class).traceIdentifier())
        .isEqualTo(context.traceIdentifier());
    assertThat(new ThreeFeatures().context.traceIdentifier()).isNotEqualTo(first);
  }

  @Test
  void f26_aConnectionKnowsNothingUntilSet() throws Exception {
    HttpConnectionFeature connection = context.connection();

    assertThat(connection.connectionId()).isEmpty();
    assertThat(connection.remoteAddress()).isNull();
    assertThat(connection.localAddress()).isNull();
    assertThat(connection.remotePort()).isZero();
    assertThat(connection.localPort()).isZero();

    connection.setConnectionId("c1");
    connection.setRemoteAddress(java.net.InetAddress.getLoopbackAddress());
    connection.setRemotePort(1);
    connection.setLocalAddress(java.net.InetAddress.getLoopbackAddress());
    connection.setLocalPort(2);

    assertThat(connection.connectionId()).isEqualTo("c1");
    assertThat(connection.remoteAddress()).isEqualTo(java.net.InetAddress.getLoopbackAddress());
    assertThat(connection.remotePort()).isEqualTo(1);
    assertThat(connection.localAddress()).isEqualTo(java.net.InetAddress.getLoopbackAddress());
    assertThat(connection.localPort()).isEqualTo(2);
  }

  @Test
  void f30_itemsAreEmptySettableAndWithoutNullKeys() {
    assertThat(context.items()).isEmpty();
    assertThatNullPointerException().isThrownBy(() -> context.items().put(null, "x"));
    Map<Object, Object> mine = new HashMap<>();

    context.setItems(mine);

    assertThat(context.items()).isSameAs(mine);
    assertThat(server.features.require(ItemsFeature.class).items()).isSameAs(mine);
    assertThatNullPointerException().isThrownBy(() -> context.setItems(null));
  }

  @Test
  void f11_everyViewMemberWorksOnThreeFeatures() throws Exception {
    HttpRequest request = context.request();
    HttpResponse response = context.response();

    assertThat(request.body().read()).isEqualTo(-1);
    assertThat(request.query().names()).isEmpty();
    assertThat(request.cookies().names()).isEmpty();
    assertThat(request.hasFormContentType()).isFalse();
    assertThat(request.canHaveBody()).isFalse();
    assertThat(request.supportsTrailers()).isFalse();
    assertThat(request.trailersAvailable()).isFalse();
    assertThat(response.supportsTrailers()).isFalse();
    response.cookies().append("a", "1");
    response.write("x");
    assertThat(server.text()).isEqualTo("x");
    assertThat(context.isAborted()).isFalse();
  }

  /** C12, F12: each public member but the three exempt ones. */
  @Test
  void c12_afterTheEndEveryMemberThrows() throws Exception {
    HttpRequest request = context.request();
    HttpResponse response = context.response();
    server.end();

    assertAllThrow(context);
    assertAllThrow(request);
    assertAllThrow(response);
  }

  @Test
  void c12_afterTheEndAbortDoesNothingAndItsStateStays() throws Exception {
    CompletionStage<Void> aborted = context.aborted();
    server.features.set(HttpRequestLifetimeFeature.class, new RecordingLifetime());
    server.end();

    assertThat(context.isAborted()).isFalse();
    assertThat(context.aborted().toCompletableFuture()).isNotDone();
    assertThat(aborted.toCompletableFuture()).isNotDone();
  }

  @Test
  void c12_afterTheEndAbortWorksAlsoWhereNobodyAskedForTheLifetimeBefore() throws Exception {
    server.end();

    context.abort();

    assertThat(context.isAborted()).isFalse();
    assertThat(context.aborted().toCompletableFuture()).isNotDone();
  }

  @Test
  void c12_valuesTakenBeforeStayUsable() throws Exception {
    Map<Object, Object> items = context.items();
    var cookies = context.request().cookies();
    var responseCookies = context.response().cookies();
    server.end();

    items.put("a", 1);
    assertThat(items).containsEntry("a", 1);
    assertThat(cookies.names()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> responseCookies.append("a", "1"));
  }

  private static void assertAllThrow(Object view) throws Exception {
    for (Method member : view.getClass().getDeclaredMethods()) {
      if (Modifier.isPublic(member.getModifiers())
          && !USABLE_AFTER_THE_END.contains(member.getName())) {
        assertThat(failureOf(view, member)).as(member.toString()).isInstanceOf(ISE);
      }
    }
  }

  private static final Class<?> ISE = IllegalStateException.class;

  private static Throwable failureOf(Object view, Method member) throws Exception {
    Object[] arguments = new Object[member.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = Arguments.of(member.getParameterTypes()[i]);
    }
    try {
      Object result = member.invoke(view, arguments);
      return result instanceof CompletionStage<?> stage
          ? stage.handle((value, failure) -> failure).toCompletableFuture().join()
          : null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static final class RecordingLifetime implements HttpRequestLifetimeFeature {

    private final CompletableFuture<Void> aborted = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> aborted() {
      return aborted;
    }

    @Override
    public boolean isAborted() {
      return aborted.isDone();
    }

    @Override
    public void abort() {
      aborted.complete(null);
    }
  }

  private static final Session NO_SESSION =
      new Session() {
        @Override
        public String id() {
          return "";
        }

        @Override
        public boolean isNew() {
          return true;
        }

        @Override
        public Object get(String name) {
          return null;
        }

        @Override
        public void set(String name, Object value) {
          throw new IllegalStateException("this session holds nothing");
        }

        @Override
        public void remove(String name) {}

        @Override
        public Set<String> names() {
          return Set.of();
        }

        @Override
        public void invalidate() {}
      };
}
