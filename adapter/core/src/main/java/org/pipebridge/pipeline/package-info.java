/** The pipeline that a request flows through. */
package org.pipebridge.pipeline;
