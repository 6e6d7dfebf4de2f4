/** A server, and a program, on embedded Jetty. */
package org.pipebridge.jetty;
