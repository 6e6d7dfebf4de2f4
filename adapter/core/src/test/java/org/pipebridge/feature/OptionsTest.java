package org.pipebridge.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records and exceptions that carry what a caller chose. */
final class OptionsTest {

  @Test
  void v43_theDefaultLimitsOfAForm() {
    assertThat(FormOptions.DEFAULT)
        .isEqualTo(new FormOptions(1024, 2048, 4 << 20, 128, 16, 16 << 10, 128L << 20, 64 << 10));
  }

  @Test
  void v43_eachLimitCanBeReplaced() {
    FormOptions options =
        FormOptions.DEFAULT
            .withMaxValues(1)
            .withMaxValueBytes(2)
            .withMaxPartBytes(3)
            .withMemoryThreshold(4);

    assertThat(options).isEqualTo(new FormOptions(1, 2048, 2, 128, 16, 16 << 10, 3, 4));
  }

  @Test
  void e2_aNegativeLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FormOptions.DEFAULT.withMaxValues(-1))
        .withMessageContaining("maxValues")
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FormOptions.DEFAULT.withMaxPartBytes(-1))
        .withMessageContaining("maxPartBytes");
  }

  @Test
  void v33_cookieOptionsCopyTheirExtensions() {
    List<String> extensions = new ArrayList<>(List.of("Partitioned"));
    CookieOptions options = CookieOptions.DEFAULT.withExtensions(extensions);
    extensions.add("later");

    assertThat(options.extensions()).containsExactly("Partitioned");
    assertThat(CookieOptions.DEFAULT.path()).isEqualTo("/");
    assertThat(CookieOptions.DEFAULT.sameSite()).isEqualTo(CookieOptions.SameSite.UNSPECIFIED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 499})
  void e4_aBadRequestHasAClientsStatus(int status) {
    assertThat(new BadHttpRequestException(status, "x").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {399, 500, 0})
  void e4_anotherStatusIsRefused(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BadHttpRequestException(status, "x"))
        .withMessageContaining(Integer.toString(status));
  }
}
