package org.pipebridge.samples.explorer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plain values of a feature: what its interface's getters return.
 *
 * <p>Only texts, numbers, flags and addresses are asked for, so that no stream is opened and no
 * body is read on the way.
 */
final class FeatureValues {

  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          Integer.class,
          Collection.class,
          InetAddress.class,
          OptionalInt.class,
          OptionalLong.class);

  private FeatureValues() {}

  /** Reads the values, ordered by name; a getter that refuses shows as such. */
  static List<Row> of(Class<?> type, Object feature) {
    return Arrays.stream(type.getMethods())
        .filter(FeatureValues::isGetterOfPlainValue)
        .sorted(Comparator.comparing(Method::getName))
        .map(getter -> new Row(getter.getName(), read(getter, feature)))
        .toList();
  }

  private static boolean isGetterOfPlainValue(Method method) {
    Class<?> type = method.getReturnType();
    return method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && type != void.class
        && (type.isPrimitive() || type.isEnum() || PLAIN.contains(type));
  }

  private static String read(Method getter, Object feature) {
    try {
      return show(getter.invoke(feature));
    } catch (InvocationTargetException | IllegalAccessException e) {
      return "not available";
    }
  }

  private static String show(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + text + '"';
    } else if (value instanceof OptionalLong number) {
      return number.isPresent() ? Long.toString(number.getAsLong()) : "none";
    } else if (value instanceof OptionalInt number) {
      return number.isPresent() ? Integer.toString(number.getAsInt()) : "none";
    } else if (value instanceof InetAddress address) {
      return address.getHostAddress();
    }
    return String.valueOf(value);
  }
}
