package org.pipebridge.test.servers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pipebridge.test.kit.Catalogue;
import org.pipebridge.test.kit.Scenario;

/** The scenarios of the kit that make sense over HTTP/2, and that its client can drive. */
final class Http2Scenarios {

  /**
   * They look for {@code Connection: close} and for what comes of it, which HTTP/2 has not (V9).
   */
  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "K9.v9_theConnectionIsClosedBehindAnAnswerOf200WithoutContent",
          "K9.v9_theConnectionIsClosedBehindAnAnswerOf204",
          "K9.v9_theConnectionIsClosedBehindAnAnswerOf304",
          "K9.v9_theConnectionIsClosedBehindAnAnswerToHead",
          "K133.v43_aLongNameIsRefused",
          "K133.v43_tooManyHeadersOfAPartIsRefused",
          "K133.v43_tooManyValuesIsRefused",
          "K133.v44_noBoundaryIsRefused",
          "K133.v44_noFinalBoundaryIsRefused",
          "K176.s4_aStopLetsTheRunningRequestEnd");

  /**
   * They rely on one request after another, or on headers that frame content: a stream may begin
   * before the former is over, and its head tells of no content.
   */
  private static final Set<String> OF_HTTP_1 =
      Set.of(
          "K35.t5_aClientThatAcceptsNoTrailersGetsNone",
          "K35.t5_contentOfADeclaredLengthHasNoTrailers",
          "K36.t8_anOldProtocolHasNoTrailers",
          "K48.r7_callbacksThatFailHurtNobody",
          "K192.f11_threeFeaturesAreEnoughToLookAtARequest",
          "K204.c12_anAbortIsHarmlessAndTakenValuesStay",
          "K204.c12_eachMemberOfAnEndedRequestRefuses");

  /**
   * The client refuses a length without content, makes up one of 0, and takes some targets and
   * header values for malformed.
   */
  private static final Set<String> BEYOND_THE_CLIENT =
      Set.of(
          "K15.r26_anAnswerOf204HasNoContent",
          "K16.r33_anAnswerOf304MayTellTheLengthItWouldHave",
          "K19.r44_aLengthWithoutContentIsFineForHead",
          "K20.r32_headSendsNoContentWithoutBlocking",
          "K20.r32_whatIsWrittenAsynchronouslyToHeadIsNotSent",
          "K20.r32_whatIsWrittenToHeadIsNotSent",
          "K81.v15_dotSegmentsNeverClimbAboveTheRoot",
          "K88.v18_aWholeUriHasAPath",
          "K93.v4_aHeaderIsReadAsUtf8",
          "K160.r32_aFileForAHeadSendsNoByte");

  private Http2Scenarios() {}

  static Map<String, List<Scenario>> groups() {
    return groupsWithout(Set.of());
  }

  /** The scenarios but for those that a container cannot pass. */
  static Map<String, List<Scenario>> groupsWithout(Set<String> beyondTheContainer) {
    Map<String, List<Scenario>> groups = new TreeMap<>();
    Catalogue.groups()
        .forEach(
            (letter, scenarios) ->
                groups.put(
                    letter,
                    scenarios.stream()
                        .filter(Http2Scenarios::isFor)
                        .filter(scenario -> !beyondTheContainer.contains(scenario.key()))
                        .toList()));
    return groups;
  }

  private static boolean isFor(Scenario scenario) {
    String key = scenario.key();
    boolean upgrades = scenario.rules().stream().anyMatch(rule -> rule.startsWith("U"));
    boolean sendsTrailers = scenario.id().equals("K113"); // the client does not
    return !upgrades
        && !sendsTrailers
        && !OF_A_CONNECTION.contains(key)
        && !OF_HTTP_1.contains(key)
        && !BEYOND_THE_CLIENT.contains(key);
  }
}
