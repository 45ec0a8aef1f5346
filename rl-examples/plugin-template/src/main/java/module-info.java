import com.example.drive.DriveCatalogue;
import org.bellmanrl.api.registry.Catalogue;

/** A plugin for Bellman: environments, a wrapper, a policy, learners and a listener. */
module com.example.drive {
  requires transitive org.bellmanrl.api;
  requires transitive org.bellmanrl.deep;
  requires transitive org.bellmanrl.tabular;

  exports com.example.drive;

  // For the module path; META-INF/services says the same for the class path and rl --plugins.
  provides Catalogue with
      DriveCatalogue;
}
