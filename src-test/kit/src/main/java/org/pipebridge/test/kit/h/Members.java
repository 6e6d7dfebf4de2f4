package org.pipebridge.test.kit.h;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.CookieOptions;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.Query;
import org.pipebridge.feature.RequestCookies;
import org.pipebridge.http.HostString;
import org.pipebridge.internal.Stages;

/** Calls every member of something that must not be used any more (C12). */
final class Members {

  /** What stays usable for good, and what only makes an object that then refuses. */
  private static final Set<String> EXEMPT =
      Set.of("abort", "isAborted", "aborted", "isReadOnly", "publisher");

  /** What of a stream reaches the content; the rest is the stream's own. */
  private static final Set<String> OF_STREAMS =
      Set.of("read", "available", "skip", "readAllBytes", "transferTo", "write", "flush", "close");

  private final Map<Class<?>, Object> arguments = new HashMap<>();

  /**
   * Prepares arguments.
   *
   * @param file a file with content
   */
  Members(Path file) throws IOException {
    arguments.put(String.class, "x");
    arguments.put(int.class, 200);
    arguments.put(long.class, 1L);
    arguments.put(boolean.class, true);
    arguments.put(byte[].class, new byte[400]);
    arguments.put(ByteBuffer.class, ByteBuffer.allocate(8));
    arguments.put(Charset.class, StandardCharsets.UTF_8);
    arguments.put(Path.class, file);
    arguments.put(List.class, List.of("x"));
    arguments.put(Map.class, Map.of());
    arguments.put(Class.class, HttpRequestFeature.class);
    arguments.put(OptionalLong.class, OptionalLong.empty());
    arguments.put(Flow.Publisher.class, (Flow.Publisher<ByteBuffer>) Members::publish);
    arguments.put(OutputStream.class, new ByteArrayOutputStream());
    arguments.put(InetAddress.class, InetAddress.getByName("127.0.0.1"));
    arguments.put(HostString.class, new HostString("x"));
    arguments.put(Query.class, Query.EMPTY);
    arguments.put(Form.class, Form.EMPTY);
    arguments.put(RequestCookies.class, RequestCookies.EMPTY);
    arguments.put(CookieOptions.class, CookieOptions.DEFAULT);
  }

  /** Returns the members of a type that do not refuse with IllegalStateException. */
  List<String> usable(Class<?> type, Object target) throws IllegalAccessException {
    List<String> usable = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (isMember(type, method)) {
        String outcome = outcome(method, target);
        if (!outcome.equals(IllegalStateException.class.getName())) {
          usable.add(type.getSimpleName() + "." + method.getName() + ": " + outcome);
        }
      }
    }
    return usable;
  }

  private static boolean isMember(Class<?> type, Method method) {
    if (type == InputStream.class) {
      return OF_STREAMS.contains(method.getName()) && !method.getName().equals("close");
    }
    if (type == OutputStream.class) {
      return OF_STREAMS.contains(method.getName());
    }
    boolean ours = method.getDeclaringClass().getName().startsWith("org.pipebridge.");
    return ours && !Modifier.isStatic(method.getModifiers()) && !EXEMPT.contains(method.getName());
  }

  private String outcome(Method method, Object target) throws IllegalAccessException {
    try {
      method.setAccessible(true); // the public interfaces may be met by hidden classes
      Object result = method.invoke(target, arguments(method));
      if (result instanceof CompletionStage<?> stage && Stages.isDone(stage)) {
        Throwable failure = Stages.failureOf(stage);
        return failure == null ? "a stage that is complete" : failure.getClass().getName();
      }
      return "returned " + result;
    } catch (InvocationTargetException e) {
      return e.getTargetException().getClass().getName();
    }
  }

  private @Nullable Object[] arguments(Method method) {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] values = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      Object known = argument(method, types[i]);
      values[i] = known == null && types[i].isInterface() ? doingNothing(types[i]) : known;
    }
    return values;
  }

  private @Nullable Object argument(Method method, Class<?> type) {
    return switch (method.getName()) {
      case "setPath", "setPathBase" -> "/x";
      case "setQueryString" -> "?x";
      default -> arguments.get(type);
    };
  }

  private static void publish(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            subscriber.onNext(ByteBuffer.allocate(8));
          }

          @Override
          public void cancel() {}
        });
  }

  private static Object doingNothing(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> null);
  }
}
