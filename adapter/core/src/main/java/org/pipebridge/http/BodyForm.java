package org.pipebridge.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFallbackFeature;
import org.pipebridge.feature.FormFeature;
import org.pipebridge.feature.FormOptions;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.internal.Stages;

/** Reads a form from the content of a request, once for all callers (V40 to V46). */
final class BodyForm implements FormFeature {

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data";

  private final FeatureCollection features;
  private @Nullable CompletableFuture<Form> result;

  BodyForm(FeatureCollection features) {
    this.features = features;
  }

  @Override
  public boolean hasFormContentType() {
    return result != null || isForm(contentType());
  }

  @Override
  public void setForm(Form form) {
    result = CompletableFuture.completedFuture(Objects.requireNonNull(form, "form"));
  }

  @Override
  public Form form() throws IOException {
    if (result == null) {
      checkBlocking();
    }
    return Values.await(readForm());
  }

  @Override
  public CompletionStage<Form> readForm() {
    CompletableFuture<Form> known = result;
    if (known == null) {
      FieldValue type = contentType();
      if (!isForm(type)) {
        return CompletableFuture.failedStage(
            new IllegalStateException(
                "the content type must be that of a form, but is \"" + type.value() + '"'));
      }
      known = new CompletableFuture<>();
      result = known;
      read(type, known);
    }
    return known.minimalCompletionStage();
  }

  private void read(FieldValue type, CompletableFuture<Form> done) {
    try {
      if (headers().contentLength().orElse(-1) == 0) {
        done.complete(Form.EMPTY);
        return;
      }
      FormParser parser = parser(type);
      rewind();
      HttpRequestBodyFeature body =
          Defaults.get(features, HttpRequestBodyFeature.class, EmptyBody::new);
      new FormPump(body, parser)
          .run()
          .whenComplete((count, failure) -> finish(parser, count, failure, done));
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void finish(
      FormParser parser,
      @Nullable Long count,
      @Nullable Throwable failure,
      CompletableFuture<Form> done) {
    try {
      if (count == null) {
        parser.close();
        done.completeExceptionally(Stages.unwrap(Objects.requireNonNull(failure)));
        return;
      }
      rewind();
      Form fallback = count == 0 && parser instanceof UrlEncodedForm ? fallback() : null;
      done.complete(fallback == null ? parser.finish() : fallback);
    } catch (IOException | RuntimeException e) {
      try {
        parser.close();
      } catch (IOException notClosed) {
        e.addSuppressed(notClosed);
      }
      done.completeExceptionally(e);
    }
  }

  private FormParser parser(FieldValue type) throws IOException {
    Charset charset = type.charset(StandardCharsets.UTF_8);
    FormOptions options = features.get(FormOptions.class);
    if (options == null) {
      options = FormOptions.DEFAULT;
    }
    if (type.value().equals(URL_ENCODED)) {
      return new UrlEncodedForm(charset, options);
    }
    FormParser parser = MultipartForm.of(type, charset, options);
    features
        .require(HttpResponseFeature.class)
        .onCompleted(
            () -> {
              parser.close();
              return Stages.completed();
            });
    return parser;
  }

  /** Content that is buffered is read from its first byte, and left there (V40). */
  private void rewind() {
    BufferedBody body = BufferedBody.find(features);
    if (body != null) {
      body.rewind();
    }
  }

  private @Nullable Form fallback() {
    FormFallbackFeature feature = features.get(FormFallbackFeature.class);
    return feature == null ? null : feature.form();
  }

  private void checkBlocking() {
    HttpBodyControlFeature control = features.get(HttpBodyControlFeature.class);
    if (control != null && !control.allowSynchronousIo()) {
      throw new IllegalStateException("blocking I/O is switched off; use readForm()");
    }
  }

  private FieldValue contentType() {
    return FieldValue.parse(headers().first(HeaderNames.CONTENT_TYPE));
  }

  private static boolean isForm(FieldValue type) {
    return type.value().equals(URL_ENCODED) || type.value().equals(MULTIPART);
  }

  private Headers headers() {
    return features.require(HttpRequestFeature.class).headers();
  }
}
