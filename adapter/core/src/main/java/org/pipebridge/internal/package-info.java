/** Small helpers that the packages and modules of Pipebridge share, and nobody else. */
package org.pipebridge.internal;
