package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FeatureValuesTest {

  /** A feature with every kind of member. */
  public interface Feature {
    String text();

    int number();

    boolean flag();

    OptionalLong limit();

    InetAddress address();

    InputStream stream();

    String argument(String value);

    void act();

    default String refused() {
      throw new IllegalStateException("secret");
    }
  }

  /** Fails the test if it is asked for more than plain values. */
  private static final class Impl implements Feature {

    @Override
    public String text() {
      return "t";
    }

    @Override
    public int number() {
      return 7;
    }

    @Override
    public boolean flag() {
      return true;
    }

    @Override
    public OptionalLong limit() {
      return OptionalLong.empty();
    }

    @Override
    public InetAddress address() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public InputStream stream() {
      throw new AssertionError("a stream was opened");
    }

    @Override
    public String argument(String value) {
      throw new AssertionError("not a getter");
    }

    @Override
    public void act() {
      throw new AssertionError("an action was taken");
    }
  }

  @Test
  void plainValuesAreReadInTheOrderOfTheirNames() {
    assertThat(FeatureValues.of(Feature.class, new Impl()))
        .isEqualTo(
            List.of(
                new Row("address", "127.0.0.1"),
                new Row("flag", "true"),
                new Row("limit", "none"),
                new Row("number", "7"),
                new Row("refused", "not available"),
                new Row("text", "\"t\"")));
  }
}
