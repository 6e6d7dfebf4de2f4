package org.pipebridge.test.kit;

/**
 * One header or trailer line.
 *
 * @param name the name as sent
 * @param value the value, without the space around it
 */
public record Field(String name, String value) {}
