package org.pipebridge.test.kit;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;

/**
 * One row, or one part of a row, of the contract's scenarios: a small application and what a client
 * must see of it.
 *
 * <p>A new one is made from {@link #named}; the last step of that is {@link Builder#check}.
 */
public final class Scenario {

  private final String id;
  private final String name;
  private final List<String> rules;
  private final Set<Capability> needs;
  private final Set<Writing> writings;
  private final Application application;
  private final Check check;

  private Scenario(Builder builder, Application application, Check check) {
    this.id = builder.id;
    this.name = builder.name;
    this.rules = builder.rules;
    this.needs = Set.copyOf(builder.needs);
    this.writings = EnumSet.copyOf(builder.writings);
    this.application = application;
    this.check = check;
  }

  /**
   * Begins a scenario.
   *
   * @param id the row of the contract, such as K5
   * @param name the leading rule and the fact, such as {@code r20_aSmallBodyLeavesAtTheEnd}; unique
   *     in the row
   * @return what to add to
   */
  public static Builder named(String id, String name) {
    return new Builder(id, name);
  }

  /**
   * Returns the row of the contract.
   *
   * @return the id, such as K5
   */
  public String id() {
    return id;
  }

  /**
   * Returns row and name, by which a request asks for this scenario.
   *
   * @return the key, unique among all scenarios
   */
  public String key() {
    return id + "." + name;
  }

  /**
   * Returns the rules that are checked.
   *
   * @return rule ids, such as R20
   */
  public List<String> rules() {
    return rules;
  }

  /**
   * Returns what the server under test must make possible for this scenario to be run.
   *
   * @return the needs
   */
  public Set<Capability> needs() {
    return needs;
  }

  /**
   * Returns the ways in which the application is written.
   *
   * @return at least one
   */
  public Set<Writing> writings() {
    return writings;
  }

  void configure(ApplicationBuilder app, Run run, Writing writing, Executor executor)
      throws Exception {
    application.configure(app, run, writing, executor);
  }

  void check(Probe probe) throws Exception {
    check.run(probe);
  }

  @Override
  public String toString() {
    return key();
  }

  private interface Application {
    void configure(ApplicationBuilder app, Run run, Writing writing, Executor executor)
        throws Exception;
  }

  /** A pipeline built for one run. */
  @FunctionalInterface
  public interface Pipeline {

    /**
     * Builds the pipeline.
     *
     * @param app what to add to
     * @param run the run, for the parts of the pipeline to use
     * @throws Exception if it cannot be built; the requests of the run then fail with it
     */
    void configure(ApplicationBuilder app, Run run) throws Exception;
  }

  /** The client's part. */
  @FunctionalInterface
  public interface Check {

    /**
     * Sends requests and looks at the answers.
     *
     * @param probe the way to the server
     * @throws Exception if the check cannot be done, which counts as a failure
     */
    void run(Probe probe) throws Exception;
  }

  /** Collects the parts of a scenario. */
  public static final class Builder {

    private final String id;
    private final String name;
    private List<String> rules = List.of();
    private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
    private Set<Writing> writings = EnumSet.allOf(Writing.class);
    private @Nullable Application application;
    private Pipeline before = (app, run) -> {};

    private Builder(String id, String name) {
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
    }

    /**
     * Names the rules that are checked.
     *
     * @param ids rule ids, such as R20
     * @return this
     */
    public Builder rules(String... ids) {
      rules = List.of(ids);
      return this;
    }

    /**
     * Names what the server under test must make possible.
     *
     * @param capabilities the needs
     * @return this
     */
    public Builder needs(Capability... capabilities) {
      needs.addAll(List.of(capabilities));
      return this;
    }

    /**
     * Lets the application be written as a blocking handler only.
     *
     * @return this
     */
    public Builder once() {
      return once(Writing.HANDLER);
    }

    /**
     * Lets the application be written in one way only.
     *
     * @param writing the way
     * @return this
     */
    public Builder once(Writing writing) {
      writings = EnumSet.of(writing);
      return this;
    }

    /**
     * Sets the application, in blocking code; the kit writes it in all four ways.
     *
     * @param body the application
     * @return this
     */
    public Builder application(Writing.Body body) {
      return asyncApplication(
          (context, run) -> {
            body.handle(context, run);
            return Stages.completed();
          });
    }

    /**
     * Sets the application, in asynchronous code; the kit writes it in all four ways.
     *
     * @param body the application
     * @return this
     */
    public Builder asyncApplication(Writing.AsyncBody body) {
      application = (app, run, writing, executor) -> writing.add(app, run, body, executor);
      return this;
    }

    /**
     * Sets the middleware in front of the application.
     *
     * @param middleware adds it
     * @return this
     */
    public Builder behind(Pipeline middleware) {
      before = middleware;
      return this;
    }

    /**
     * Sets a whole pipeline as the application; it is run as it is written.
     *
     * @param pipeline the application
     * @return this
     */
    public Builder pipeline(Pipeline pipeline) {
      application = (app, run, writing, executor) -> pipeline.configure(app, run);
      return once();
    }

    /**
     * Sets the client's part and makes the scenario.
     *
     * @param check the client's part
     * @return the scenario
     */
    public Scenario check(Check check) {
      Application a = application;
      if (a == null) {
        throw new IllegalStateException("scenario " + id + " has no application");
      }
      Pipeline first = before;
      Application whole =
          (app, run, writing, executor) -> {
            first.configure(app, run);
            a.configure(app, run, writing, executor);
          };
      return new Scenario(this, whole, check);
    }
  }
}
