import com.example.drive.DriveCatalogue;
import org.bellmanrl.api.registry.Catalogue;

/**
 * A plugin for Bellman: a drive without end, a road in fog, fog for any task, a learner, and a
 * stopper.
 */
module com.example.drive {
  requires transitive org.bellmanrl.api;

  exports com.example.drive;

  // For the module path; META-INF/services says the same for the class path and rl --plugins.
  provides Catalogue with
      DriveCatalogue;
}
