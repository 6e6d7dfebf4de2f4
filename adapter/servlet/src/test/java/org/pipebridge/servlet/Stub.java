package org.pipebridge.servlet;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Servlet objects that answer what a test lists and note each call; any other call fails the test.
 *
 * <p>So they also show what the adapter does not touch (W6, W31).
 */
final class Stub {

  /** What a listed method does with its arguments. */
  @FunctionalInterface
  interface Answer {
    Object to(Object... arguments) throws Exception;
  }

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  Stub returns(String method, Object value) {
    return answers(method, arguments -> value);
  }

  Stub answers(String method, Answer answer) {
    answers.put(method, answer);
    return this;
  }

  List<String> calls() {
    return calls;
  }

  <T> T as(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            Stub.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(method, arguments)));
  }

  private Object call(Method method, Object[] arguments) throws Exception {
    Object[] given = arguments == null ? new Object[0] : arguments;
    calls.add(method.getName() + List.of(given));
    Answer answer = answers.get(method.getName());
    if (answer == null) {
      throw new AssertionError("the adapter must not call " + method.getName() + " here");
    }
    return answer.to(given);
  }
}
