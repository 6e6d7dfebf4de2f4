package org.pipebridge.http;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Flow;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.Query;
import org.pipebridge.feature.RequestCookies;
import org.pipebridge.internal.Stages;

/** A valid argument for each type that a member of a view takes. */
final class Arguments {

  private static final Map<Class<?>, Object> BY_TYPE = new HashMap<>();

  static {
    BY_TYPE.put(String.class, "");
    BY_TYPE.put(boolean.class, true);
    BY_TYPE.put(int.class, 200);
    BY_TYPE.put(long.class, 1L);
    BY_TYPE.put(byte[].class, new byte[1]);
    BY_TYPE.put(ByteBuffer.class, ByteBuffer.allocate(1));
    BY_TYPE.put(Charset.class, StandardCharsets.UTF_8);
    BY_TYPE.put(Path.class, Path.of("pom.xml"));
    BY_TYPE.put(Principal.class, (Principal) () -> "ann");
    BY_TYPE.put(Map.class, new HashMap<>());
    BY_TYPE.put(Callback.class, (Callback) () -> {});
    BY_TYPE.put(AsyncCallback.class, (AsyncCallback) Stages::completed);
    BY_TYPE.put(AutoCloseable.class, (AutoCloseable) () -> {});
    BY_TYPE.put(Flow.Publisher.class, (Flow.Publisher<ByteBuffer>) subscriber -> {});
    BY_TYPE.put(HostString.class, new HostString("x"));
    BY_TYPE.put(Query.class, Query.EMPTY);
    BY_TYPE.put(RequestCookies.class, RequestCookies.EMPTY);
    BY_TYPE.put(Form.class, Form.EMPTY);
  }

  private Arguments() {}

  static Object of(Class<?> type) {
    Object argument = BY_TYPE.get(type);
    if (argument == null) {
      throw new AssertionError("no argument known of " + type);
    }
    return argument;
  }
}
